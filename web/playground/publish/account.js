// The account that a project is published with. Its token is in memory, on request also in this
// browser; one that ends by itself is renewed where the host does that.

import { Fault } from './host.js';
import { inTurn } from './locks.js';
import { loadModule } from '../ui/load_module.js';
import { appOf } from './sign_in_app.js';
import { forget, keep, kept } from './token.js';

/** @typedef {import('./sign_in_app.js').Grant} Grant */

/** @type {typeof import('./oauth.js').renewed} */
const renewedBy = async (...by) => (await loadModule(() => import('./oauth.js'))).renewed(...by);

export class Account {
  login = '';
  /** @type {Grant} */
  #grant = { token: '' };
  #keeps = false;
  /** Asks the storage for the token once. @type {Promise<void> | undefined} */
  #recalled = undefined;

  /** @param {import('./host.js').Host} host */
  constructor(host) {
    this.host = host;
  }

  /** @param {Grant} grant */
  #take(grant) {
    this.#grant = grant;
    this.host.signIn(grant.token);
  }

  /** Asks who the token is of. */
  async #greet() {
    this.login = (await this.host.account()).login;
  }

  /** Signs in with the token that this browser keeps. */
  recall() {
    return (this.#recalled ??= kept(this.host.key).then(async (grant) => {
      if (!grant) return;
      this.#keeps = true;
      this.#take(grant);
      try {
        await this.#greet();
      } catch (error) {
        if (await this.renew(error)) return;
        // Expired, or there is no connection now.
        this.#take({ token: '' });
        this.#recalled = undefined;
      }
    }));
  }

  /** Throws a Fault, also if the token is good but can't be kept. @param {Grant} grant */
  async signIn(grant, keeping = false) {
    this.#take(grant);
    try {
      await this.#greet();
    } catch (error) {
      this.#take({ token: '' });
      throw error;
    }
    this.#keeps = keeping;
    if (keeping) await keep(this.host.key, grant);
  }

  /**
   * Tells whether the reason of a failure was a token that had ended, and there is a new one now.
   * @param {unknown} error
   */
  renew(error) {
    if (!(error instanceof Fault && error.kind === 'token')) return Promise.resolve(false);
    // Another tab with this token may do the same: a host renews each once.
    const work = () => this.#renew().catch(() => false);
    return inTurn(`meridian-renew ${this.host.key}`, work);
  }

  async #renew() {
    const { host } = this;
    const before = this.#grant;
    const stored = this.#keeps && (await kept(host.key));
    const app = appOf(host.door);
    const grant =
      stored && stored.token !== before.token
        ? stored
        : app && before.renewal && (await renewedBy(host.door, app, before));
    if (!grant) return false;
    this.#take(grant);
    // Whatever comes now, the one before is worth nothing.
    if (this.#keeps) await keep(host.key, grant).catch(() => {});
    await this.#greet();
    return true;
  }

  /** Forgets the token everywhere. */
  async signOut() {
    this.#take({ token: '' });
    [this.login, this.#keeps] = ['', false];
    await forget(this.host.key);
  }
}
