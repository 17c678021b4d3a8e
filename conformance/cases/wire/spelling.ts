/** Escapes every UTF-16 unit of a text as \uXXXX. */
const escape = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A message as JSON, with every character of its keys escaped. */
export const escapedKeys = (message: object): string =>
  `{${Object.entries(message)
    .map(([key, value]) => `"${escape(key)}":${JSON.stringify(value)}`)
    .join(',')}}`;

/** A message whose values are all strings as JSON, with every character of them escaped. */
export const escapedValues = (message: object): string =>
  `{${Object.entries(message)
    .map(([key, value]) => `"${key}":"${escape(String(value))}"`)
    .join(',')}}`;

/** A value as JSON, with every character of its strings escaped, its keys reversed, and white space between all parts. */
export function fullyEscaped(value: unknown): string {
  if (typeof value === 'string') return `"${escape(value)}"`;
  if (Array.isArray(value)) return `[ ${value.map(fullyEscaped).join(' ,\t')}\n]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{\r\n${Object.entries(value)
    .map(([key, field]) => `${fullyEscaped(key)} : ${fullyEscaped(field)}`)
    .reverse()
    .join(' , ')} }`;
}
