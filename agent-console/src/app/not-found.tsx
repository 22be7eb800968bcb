import { ButtonLink } from '../design/button-link';
import { Empty } from '../design/empty';

export default function NotFound(): React.ReactNode {
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100dvh' }}>
      <div>
        <h1 className="sr-only">Not found</h1>
        <Empty title="There is no such page" action={<ButtonLink href="/">To the inbox</ButtonLink>}>
          The address may be old or mistyped.
        </Empty>
      </div>
    </main>
  );
}
