import type { Metadata } from 'next';
import { SignInPage } from '../../../session/sign-in-page';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props): Promise<React.ReactNode> {
  const { next, problem } = await searchParams;
  return (
    <SignInPage
      next={typeof next === 'string' ? next : '/'}
      problem={typeof problem === 'string' ? problem : ''}
    />
  );
}
