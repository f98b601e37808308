import { toast } from './toasts.js';
import { explain } from './words.js';

/**
 * Does it, and tells in words when it fails.
 * @param {HTMLButtonElement} button Not pressed twice.
 * @param {() => Promise<unknown>} act
 * @returns {Promise<boolean>} True when it was done.
 */
export async function attempt(button, act) {
  button.disabled = true;
  try {
    await act();
    return true;
  } catch (error) {
    const { code, message } = /** @type {import('../sfu-client.js').SfuError} */ (error);
    toast(explain({ code, message }), code ?? 'unknown');
    return false;
  } finally {
    button.disabled = false;
  }
}
