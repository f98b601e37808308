/**
 * @param {string} name
 * @returns {string} One or two letters: of the first and of the last word.
 */
export function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toLocaleUpperCase()).join('') || '?';
}

/** Degrees that stay apart from each other and from mud, at the lightness that the style sheet gives them. */
const HUES = [12, 35, 145, 165, 190, 220, 245, 268, 292, 318, 345];

/**
 * @param {string} identity
 * @returns {number} In degrees, always the same for one identity (by FNV-1a).
 */
export function hue(identity) {
  let hash = 0x811c9dc5;
  for (const character of identity) hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  return HUES[(hash >>> 0) % HUES.length];
}

/**
 * @param {HTMLElement} element
 * @param {{ identity: string, name: string }} person
 */
export function paintAvatar(element, { identity, name }) {
  element.textContent = initials(name || identity);
  element.style.setProperty('--hue', String(hue(identity)));
}
