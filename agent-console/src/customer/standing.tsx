import { Ban, Check, Minus } from 'lucide-react';
import { plainName } from '../decision/rule-words';
import { Meter } from '../design/meter';
import type { CustomerView } from '../engine/engine-types';
import { likelihoodWords, oddsWords } from '../next-action/likelihood-words';
import { absoluteTime } from '../time/relative-time';
import { ContactBudgets } from './contact-budgets';
import styles from './section.module.css';

type Consent = CustomerView['consent'][number];

const CONSENT_ICONS: Record<Consent['state'], React.ReactNode> = {
  granted: <Check size={13} strokeWidth={2} aria-hidden="true" />,
  denied: <Ban size={12} strokeWidth={2} aria-hidden="true" />,
  unknown: <Minus size={12} strokeWidth={2} aria-hidden="true" />,
};

/** What they are likely to say yes to, and what they allow. */
export function Standing({ view }: { view: CustomerView }): React.ReactNode {
  return (
    <section className={styles.section} aria-labelledby="propensity">
      <h2 id="propensity" className={styles.heading}>
        Would say yes to
      </h2>
      {view.propensities.length === 0 ? (
        <p className={styles.none}>Not scored yet.</p>
      ) : (
        <ul className={styles.chances}>
          {view.propensities.map((propensity) => (
            <li key={propensity.group} className={styles.chance}>
              <span
                className={styles.chanceName}
                title={`${plainName(propensity.group)}: ${propensity.name}`}
              >
                {plainName(propensity.group)} <span className={styles.chanceAction}>{propensity.name}</span>
              </span>
              <span className={styles.chanceWords}>{likelihoodWords(propensity.probability)}</span>
              <Meter
                value={propensity.probability}
                label={oddsWords(propensity.probability)}
                className={styles.chanceBar}
              />
            </li>
          ))}
        </ul>
      )}
      <h2 className={styles.heading}>Allows</h2>
      {view.consent.length === 0 ? (
        <p className={styles.none}>No consent is on record, so nothing promotional is sent.</p>
      ) : (
        <ul className={styles.consents}>
          {view.consent.map((consent) => (
            <li key={`${consent.channel} ${consent.purpose}`}>
              <span className={styles.consent} title={consentTitle(consent)}>
                {CONSENT_ICONS[consent.state]}
                <strong>{consentWords(consent)}</strong> {stateWords(consent.state)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ContactBudgets budgets={view.contactBudgets} />
    </section>
  );
}

/** What was allowed or not: `E-mail marketing`, or `Profiling` where it holds for every channel. */
function consentWords({ channel, purpose }: Consent): string {
  return channel === '*' ? plainName(purpose) : `${channelWords(channel)} ${purpose}`;
}

function stateWords(state: Consent['state']): string {
  switch (state) {
    case 'granted':
      return 'yes';
    case 'denied':
      return 'no';
    case 'unknown':
      return 'not asked';
  }
}

/** A channel as people call it. */
export function channelWords(channel: string): string {
  switch (channel) {
    case 'email':
      return 'E-mail';
    case 'sms':
      return 'SMS';
    case 'whatsapp':
      return 'WhatsApp';
    case 'webpush':
      return 'Web push';
    default:
      return channel.charAt(0).toUpperCase() + channel.slice(1);
  }
}

function consentTitle(consent: Consent): string {
  const when = consent.at === null ? '' : `, ${absoluteTime(Date.parse(consent.at))}`;
  return `For ${consent.purpose}${consent.source === '' ? '' : `, by ${consent.source}`}${when}`;
}
