import { get } from './dom.js';

/** @typedef {'hands' | 'messages' | 'people'} PanelName */

/** @type {Record<PanelName, string>} */
const TITLES = { hands: 'Raised hands', messages: 'Messages', people: 'Audience' };

const NAMES = /** @type {PanelName[]} */ (Object.keys(TITLES));

/** What stands beside the stage: one of the panels, or none. */
export class Panel {
  #onChange;
  /** @type {PanelName | null} */
  #shown = null;

  /** @param {(name: PanelName | null) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    for (const name of NAMES) get(`show-${name}`).addEventListener('click', () => this.#toggle(name));
    get('close-panel').addEventListener('click', () => this.#toggle(this.#shown));
    get('panel').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') this.#toggle(this.#shown);
    });
  }

  get shown() {
    return this.#shown;
  }

  /** @param {PanelName | null} name */
  show(name) {
    this.#shown = name;
    get('panel').hidden = name === null;
    get('panel-title').textContent = name === null ? '' : TITLES[name];
    for (const other of NAMES) {
      get(`${other}-panel`).hidden = other !== name;
      get(`show-${other}`).setAttribute('aria-expanded', String(other === name));
    }
    this.#onChange(name);
  }

  /** @param {PanelName | null} name */
  #toggle(name) {
    const before = this.#shown;
    this.show(name === before ? null : name);
    // The keyboard goes where the eyes go, and back.
    if (this.#shown !== null) get('panel-title').focus({ preventScroll: true });
    else if (before !== null) get(`show-${before}`).focus({ preventScroll: true });
  }
}
