import { toast } from './toasts.js';

/** @param {Record<string, string>} query Of the page's address. */
export async function shareLink(query) {
  const url = new URL(location.pathname, location.origin);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  try {
    await navigator.clipboard.writeText(url.href);
    toast('The link is copied.', 'link-copied');
  } catch {
    toast(`The link: ${url.href}`, 'link');
  }
}
