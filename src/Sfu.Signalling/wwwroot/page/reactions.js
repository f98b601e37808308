import { get } from './dom.js';

/** Rather than the server's limit of messages, which ends the connection. */
const MOST_OFTEN_MS = 200;

/** Of one kind in a second; the number says the rest. */
const MOST_SHOWN = 6;

const FLIGHT_MS = 2_600;

/** Reactions that one gives, and those that rise from the hall. */
export class Reactions {
  #flight = get('flight');
  #lastAt = -Infinity;

  /** @param {import('../sfu-client.js').SfuClient} client */
  constructor(client) {
    client.addEventListener('reactions', ({ detail }) => this.#show(detail));
    for (const button of document.querySelectorAll('[data-reaction]'))
      button.addEventListener('click', () => this.#give(client, /** @type {HTMLElement} */ (button).dataset.reaction ?? ''));
  }

  clear() {
    this.#flight.replaceChildren();
  }

  /**
   * @param {import('../sfu-client.js').SfuClient} client
   * @param {string} reaction
   */
  #give(client, reaction) {
    if (performance.now() - this.#lastAt < MOST_OFTEN_MS) return;
    this.#lastAt = performance.now();
    // One that is lost is not missed.
    client.react(reaction).catch(() => {});
  }

  /** @param {Readonly<Record<string, number>>} counts */
  #show(counts) {
    for (const [reaction, count] of Object.entries(counts)) {
      const shown = Math.min(count, MOST_SHOWN);
      for (let index = 0; index < shown; index++) this.#rise(index === 0 && count > shown ? `${reaction} ×${count}` : reaction);
    }
  }

  /** @param {string} text */
  #rise(text) {
    const element = document.createElement('span');
    element.textContent = text;
    element.style.left = `${8 + Math.random() * 84}%`;
    element.style.animationDelay = `${Math.random() * 0.6}s`;
    this.#flight.append(element);
    setTimeout(() => element.remove(), FLIGHT_MS);
  }
}
