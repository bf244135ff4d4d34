// What publish.js lends to the files that are loaded beside it (LENT in files_apart.mjs): they have
// no copies of it. A name that is missing here is found by tests/web/publish-parts.test.mjs.

export { make } from '../../base/elements.js';
export { meta } from '../../base/site_state.js';
export { perhaps } from '../../base/util.js';
export { task } from '../../net/fetch.js';
export { encoded } from '../../net/source_index.js';
export { diffLines } from '../history/diff.js';
export { textOf } from '../project/file_content.js';
export { button, icon } from '../ui/buttons.js';
export { plural } from '../ui/words.js';
export { wordsOf } from './faults.js';
export {
  Fault,
  again,
  ask,
  faultBy,
  landedAmong,
  linkOf,
  madeAfter,
  parsed,
  perhapsGone,
  request,
  stateOf,
} from './host.js';
export { hostAt } from './hosts.js';
export { away, liveLine } from './outcome.js';
export { once, publish } from './send.js';
export { keepChoice, mayBox, reasonOf } from './sign_in.js';
