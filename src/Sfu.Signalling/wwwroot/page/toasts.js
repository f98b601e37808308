import { clone, find, get } from './dom.js';

const SHOWN_MS = 8_000;
const MOST = 3;

/** Away with what was said about an attempt before. */
export function clearToasts() {
  get('toasts').replaceChildren();
}

/**
 * @param {string} words
 * @param {string} code For tests and for those who report it.
 */
export function toast(words, code) {
  const list = get('toasts');
  // The same thing again is the same thing.
  for (const other of [...list.children]) if (other.dataset.code === code) other.remove();
  while (list.children.length >= MOST) list.firstElementChild.remove();
  const element = clone('toast');
  element.dataset.code = code;
  find(element, 'p').textContent = words;
  find(element, 'button').addEventListener('click', () => element.remove());
  list.append(element);
  // Over a dialog, which is in the top layer too.
  if (list.matches(':popover-open')) list.hidePopover();
  list.showPopover();
  setTimeout(() => element.remove(), SHOWN_MS);
}
