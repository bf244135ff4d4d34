// What eslint checks in scripts; prettier formats them. Both run by
// `python3 tests/run.py --only lint`.
import js from '@eslint/js';
import globals from 'globals';

const COLUMNS = 100;

/** @type {import('eslint').Linter.Config[]} */
export default [
  { ignores: ['build/', 'content/', 'tests/sites/', '**/*.ts', '**/*.tsx'] },
  { files: ['**/*.{js,mjs,jsx}'], ...js.configs.recommended },
  {
    languageOptions: {
      ecmaVersion: 'latest',
      sourceType: 'module',
      parserOptions: { ecmaFeatures: { jsx: true } },
      globals: { ...globals.browser, ...globals.worker },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-len': [
        'error',
        {
          code: COLUMNS,
          ignoreUrls: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
        },
      ],
      // File names and texts of strangers are searched for control characters on purpose.
      'no-control-regex': 'off',
      // Takes a property away: `({ unwanted, ...rest }) => rest`.
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // What the build puts in their place (esbuild's `define`).
    files: ['web/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression > NewExpression.object[callee.name="Blob"]',
          message: 'WebKit rejects to read a Blob of a page that goes; join bytes with concat()',
        },
      ],
    },
    languageOptions: {
      globals: {
        BUILD: 'readonly',
        SETTINGS: 'readonly',
        WORDS: 'readonly',
        FRAMES: 'readonly',
        MERIDIAN_KATEX: 'readonly',
        MERIDIAN_FRAMES: 'readonly',
        MERIDIAN_HASHES: 'readonly',
        MERIDIAN_RELEASE: 'readonly',
      },
    },
  },
  {
    // The rule does not see that JSX uses a name.
    files: ['**/*.jsx'],
    rules: { 'no-unused-vars': 'off' },
  },
  {
    // Emscripten reads it.
    files: ['wasm/imports.js'],
    languageOptions: { globals: { LibraryManager: 'readonly', mergeInto: 'readonly' } },
  },
  {
    // The same, for a program under Node: the names are those of Emscripten's script.
    files: ['cli/node/imports.js'],
    languageOptions: {
      globals: {
        HEAPU8: 'readonly',
        LibraryManager: 'readonly',
        Module: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        meridianText: 'readonly',
        mergeInto: 'readonly',
      },
    },
    rules: { 'object-shorthand': 'off' },
  },
  {
    files: ['**/*.mjs', 'tests/**', 'bench/**', 'cmake/**', 'eslint.config.js'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
