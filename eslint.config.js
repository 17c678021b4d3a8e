import tseslint from 'typescript-eslint';

const sockets = [
  'net',
  'dgram',
  'http',
  'fs',
  'fs/promises',
  'child_process',
  'timers',
  'timers/promises',
  'worker_threads',
  'os',
];

const ambient = [
  'Date',
  'performance',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'crypto',
];

/** What no pure module does: no I/O, no clock, no chance of its own, and no imports but those that the pattern lets through. */
const pure = (regex, message) => ({
  'no-restricted-imports': [
    'error',
    { paths: sockets.flatMap((name) => [name, `node:${name}`]), patterns: [{ regex, message }] },
  ],
  'no-restricted-globals': ['error', ...ambient],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'schemas/types.ts', '**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    // chai's property assertions (`.to.be.true`) are expressions.
    files: ['**/*.test.ts', 'conformance/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    // A case returns a sentence or nothing, and is asynchronous even where it waits for nothing: what it throws rejects.
    files: ['conformance/**/*.ts'],
    rules: { '@typescript-eslint/no-invalid-void-type': 'off', '@typescript-eslint/require-await': 'off' },
  },
  {
    // The border of the core: no I/O, no clock, no chance of its own.
    files: ['impl/reference/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: pure('^\\.\\./(?!core/|\\.\\./\\.\\./schemas/types\\.ts$)', 'The core imports nothing from the edge.'),
  },
  {
    // The judge shares no code with what it judges.
    files: ['conformance/**/*.ts', 'bench/**/*.ts', 'reports/**/*.ts'],
    ignores: ['bench/micro/**', '**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/impl/reference/*', '**/impl/reference/**'] }] },
  },
  {
    // The statistics of the gate are as pure. (The rule on imports replaces the one above, so it says that again.)
    files: ['bench/gate/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: pure(
      '^\\.\\./(?!\\.\\./schemas/types\\.ts$)',
      'The gate judges what it is given: it imports nothing but itself and the types of results.',
    ),
  },
);
