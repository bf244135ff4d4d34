// The shell as a module, delivered as `site.js`: for pages whose policy allows no inline script,
// and for pages of another host.

import './foreign_shell.js';
import './main.js';
