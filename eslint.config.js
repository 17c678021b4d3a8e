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
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: sockets.flatMap((name) => [name, `node:${name}`]),
          patterns: [
            {
              regex: '^\\.\\./(?!core/|\\.\\./\\.\\./schemas/types\\.ts$)',
              message: 'The core imports nothing from the edge.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'Date',
        'performance',
        'process',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'queueMicrotask',
        'fetch',
        'crypto',
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    // The judge shares no code with what it judges.
    files: ['conformance/**/*.ts', 'bench/**/*.ts', 'reports/**/*.ts'],
    ignores: ['bench/micro/**', '**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/impl/reference/*', '**/impl/reference/**'] }] },
  },
);
