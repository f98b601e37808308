import { attempt } from './attempt.js';
import { dialog } from './dialogs.js';
import { get } from './dom.js';
import { shareLink } from './share.js';

/** The room's settings, for moderators. */
export class RoomMenu {
  #dialog = dialog('room-menu');

  /** @param {import('../sfu-client.js').SfuClient} client */
  constructor(client) {
    get('room-menu-button').addEventListener('click', () => this.#open(client.roster));
    get('room-menu-form').addEventListener('submit', async (/** @type {Event} */ event) => {
      event.preventDefault();
      const changes = { title: get('room-title-input').value.trim(), hands: get('room-hands').value };
      if (await attempt(get('room-menu-form').querySelector('[type=submit]'), () => client.updateRoom(changes))) this.close();
    });
    get('make-invite').addEventListener('click', () =>
      attempt(get('make-invite'), async () => {
        const code = await client.addInviteCode();
        this.close();
        await shareLink({ room: client.roster.room, invite: code });
      }));
    get('close-room').addEventListener('click', () => attempt(get('close-room'), async () => client.closeRoom()));
  }

  close() {
    this.#dialog.close();
  }

  /** @param {import('../sfu-client.js').Roster} roster */
  #open({ settings }) {
    get('room-title-input').value = settings?.title ?? '';
    get('room-hands').value = settings?.hands ?? 'everyone';
    get('make-invite').hidden = settings?.visibility !== 'private';
    this.#dialog.showModal();
  }
}
