// Writing on the page, as the script that a frame runs with the first use. What the frame's own
// script has already comes from there (`FROM_FRAME` of the build).

import { PageWriting } from './page_writing.js';

/** @type {{ meridianWriting?: { begin(Writing: typeof PageWriting): void } }} */ (
  /** @type {unknown} */ (window)
).meridianWriting?.begin(PageWriting);
