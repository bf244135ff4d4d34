// The file of the service worker: it lies in the site's root, so that all of the site is its scope.
// A host's policy may ask for Trusted Types here as well.

import { RELEASE } from '../base/release.js';

/** TypeScript's DOM types lack WorkerGlobalScope and Trusted Types. @type {any} */
const { trustedTypes, importScripts } = self;
const address = `meridian/offline.js?${RELEASE}`;
const policy = trustedTypes?.createPolicy('meridian', { createScriptURL: () => address });
importScripts(policy?.createScriptURL('') ?? address);
