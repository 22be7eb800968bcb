import { Notice } from '../design/notice';

/** Saving under the id of another segment would replace it, wherever it is asked for. */
export function TakenNotice({ by }: { by: string | null }): React.ReactNode {
  if (by === null) return null;
  return (
    <Notice meaning="watch" announce>
      There is “{by}” already. Choose another name.
    </Notice>
  );
}
