'use client';

import { Modal } from '../design/modal';
import { SignInForm } from './sign-in-form';
import { SignOnLink } from './sign-on-link';

/** Asks for the password over the page, which stays as it is. */
export function SignInAgain({ email }: { email: string }): React.ReactNode {
  return (
    <Modal
      open
      onClose={null}
      width={360}
      title="Sign in again"
      description="Your session has ended. The page stays as it is, with everything you typed."
    >
      <SignInForm email={email} />
      <SignOnLink next="/" beside />
    </Modal>
  );
}
