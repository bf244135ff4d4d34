// Runs test files in one process, with one browser of each kind: node tests/web/together.mjs NAME…
//
// Each file is a suite with its name, so that tests/run.py finds its results. Files that need a
// process of their own say so in a line that begins "// Runs alone: ".
import { after, describe } from 'node:test';
import { closeBrowsers, keepBrowsers } from './shared-browser.mjs';

keepBrowsers();
after(closeBrowsers);

// node:test takes a test for one of the suite only if the import begins within the suite's
// function, at once.
for (const name of process.argv.slice(2)) describe(name, () => import(`./${name}.test.mjs`));
