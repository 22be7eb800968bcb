import type { Engine } from '../engine/engine.js';
import { installPlaybook } from '../journeys/playbooks/install-playbook.js';
import { readNote, writeNote } from '../store/notes.js';

const INSTALLED = 'demo-shop:journeys';

/** The playbooks that the demo shop runs from its first start on. */
const PLAYBOOKS = ['abandoned-basket', 'win-back'];

/** Starts the demo shop's journeys, once: what was changed or stopped afterwards stays so. */
export async function installDemoJourneys(
  engine: Pick<Engine, 'store' | 'rules' | 'reloadRules' | 'journeys' | 'clock'>,
): Promise<void> {
  const { store, clock } = engine;
  if ((await readNote(store, INSTALLED)) !== null) return;
  for (const playbookId of PLAYBOOKS) {
    const installed = await installPlaybook(engine, playbookId, 'demo shop');
    if (installed.kind !== 'published' && installed.kind !== 'unchanged')
      throw new Error(
        `The demo shop's journey "${playbookId}" was not published: ${JSON.stringify(installed)}`,
      );
  }
  await writeNote(store, { name: INSTALLED, text: PLAYBOOKS.join(', '), at: clock() });
}
