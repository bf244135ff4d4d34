// The frame of the reader's own project.

import { begin } from './frame.js';

begin({ own: true, pictures: true, ids: '' });
