const entities = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
  ['"', '&quot;'],
]);

/** Escapes a text for XML 1.0, as content or as an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => {
    const code = character.charCodeAt(0);
    // XML cannot represent these characters, so they become visible escapes.
    if (isIllegal(code)) return `\\u${code.toString(16).padStart(4, '0')}`;
    return entities.get(character) ?? `&#${code};`;
  });
}

function isIllegal(code: number): boolean {
  return (code < 0x20 && ![0x9, 0xa, 0xd].includes(code)) || code >= 0xd800;
}

/** An element. `content` is XML; undefined attributes are omitted. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `<${name}${list.join('')}`;
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** Escapes a text of several lines as the content of an element. */
export function content(text: string): string {
  return escapeXml(text).replaceAll('&#10;', '\n');
}
