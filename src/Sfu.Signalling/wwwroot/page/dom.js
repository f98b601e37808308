/**
 * @param {string} id
 * @returns {any} The element, of whatever kind the page has it.
 */
export function get(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

/**
 * @param {string} id Of a template with one element.
 * @returns {HTMLElement}
 */
export function clone(id) {
  return get(id).content.firstElementChild.cloneNode(true);
}

/**
 * @param {Element} parent
 * @param {string} selector
 * @returns {any}
 */
export function find(parent, selector) {
  const element = parent.querySelector(selector);
  if (element === null) throw new Error(`Nothing matches ${selector}.`);
  return element;
}
