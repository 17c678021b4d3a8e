const named = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
  ['"', '&quot;'],
]);

/** A text as it may stand in an XML 1.0 document, between tags or in double quotes. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => {
    const code = character.charCodeAt(0);
    // XML has no way to write these: they are shown.
    if (isIllegal(code)) return `\\u${code.toString(16).padStart(4, '0')}`;
    return named.get(character) ?? `&#${code};`;
  });
}

function isIllegal(code: number): boolean {
  return (code < 0x20 && ![0x9, 0xa, 0xd].includes(code)) || code >= 0xd800;
}

/** An element; `content` is XML already, attributes that are undefined are left out. */
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

/** A text of several lines as the content of an element. */
export function content(text: string): string {
  return escapeXml(text).replaceAll('&#10;', '\n');
}
