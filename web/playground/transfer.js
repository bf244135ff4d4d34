// Where projects come from and go to, but for those of this browser. A file of its own, loaded with
// the first of them.

export { RELEASE as release } from '../base/release.js';
export { offerDownload } from './downloads.js';
export { filesOfSite } from './project/one_file.js';
export { fromArchive, fromFolder } from './project/open.js';
export { readAddress } from './project/read_address.js';
export { fromFragment, toFragment } from './project/share_link.js';
export { STARTS } from './templates/templates.js';
