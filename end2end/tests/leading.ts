/* How somebody comes to lead a community. */

import { fills, formWith, presses } from './people';
import { expect, Visitor } from './visitor';

/** Joins a community and lets all members see it. */
export async function joins(visitor: Visitor, condition: string) {
  await visitor.opens('/settings/communities');
  const form = formWith(visitor, 'Join community');
  await form.getByLabel('Condition', { exact: true }).fill(condition);
  await form.getByLabel('Who sees that').selectOption('members');
  await presses(visitor, 'Join community');
  await expect(visitor.main.getByRole('status')).toContainText('Saved');
  await visitor.settles();
}

/** Is invited by a moderator to lead a community. */
export async function invites(moderator: Visitor, community: string, handle: string) {
  await moderator.opens(`${community}/lead`);
  await fills(moderator, { Handle: handle });
  await presses(moderator, 'Invite');
  await expect(moderator.main.getByRole('status')).toContainText('Invited.');
  await moderator.settles();
}

export async function accepts(visitor: Visitor, words: string) {
  await visitor.opens('/settings/communities');
  await expect(visitor.main).toContainText('will be shown to everyone on this community');
  await formWith(visitor, /^Accept and be shown/).getByLabel('What would you like').fill(words);
  await presses(visitor, /^Accept and be shown/);
  await expect(visitor.main.getByRole('status')).toContainText('Saved');
  await visitor.settles();
}
