import { get } from './dom.js';

/**
 * A dialog of the page, which a click beside it or on one of its `data-close` closes.
 * @param {string} id
 * @returns {HTMLDialogElement}
 */
export function dialog(id) {
  const element = get(id);
  element.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    if (event.target === element) element.close();
  });
  for (const button of element.querySelectorAll('[data-close]')) button.addEventListener('click', () => element.close());
  return element;
}
