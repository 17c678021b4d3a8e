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

/** A pure module does no I/O, reads no clock and draws no chance of its own. */
const pure = {
  'no-restricted-imports': ['error', { paths: sockets.flatMap((name) => [name, `node:${name}`]) }],
  'no-restricted-globals': ['error', ...ambient],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'schemas/types.ts', '**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      // A rest without a field is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
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
    // A case is asynchronous even where it waits for nothing, so that what it throws rejects; it may return a sentence.
    files: ['conformance/**/*.ts'],
    rules: { '@typescript-eslint/no-invalid-void-type': 'off', '@typescript-eslint/require-await': 'off' },
  },
  {
    // The core of the reference and the statistics of the gate run unchanged in tests and simulations.
    files: ['impl/reference/core/**/*.ts', 'bench/compare/gate/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: pure,
  },
);
