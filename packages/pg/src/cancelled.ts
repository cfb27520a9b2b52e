import { readText } from '@switchgear/core/adapter';

/** Where in a server's source the client's word is read that a COPY has failed on its side. Not translated. */
const COPY_ROUTINE = 'CopyGetData';

/** The same of servers that do not name their source. */
const COPY_FAILED = /^COPY from stdin failed/i;

/**
 * What PostgreSQL says of a statement that someone cancelled, or that stood in the way of recovery. A statement timeout
 * has the same SQLSTATE and comes from the same place in its source, so that only words tell them apart: here are those
 * of all its languages.
 */
const CANCELLED_BY_SOMEONE =
  /user request|conflict with recovery|Benutzeraufforderung|Konflikt mit der Wiederherstellung|petición del usuario|conflicto con la recuperación|demande de l['’]utilisateur|conflit avec la restauration|richiesta dell['’]utente|conflitto con il ripristino|ユーザーからの要求|リカバリで競合|აღდგენასთან კონფლიქტის|사용자 요청|복구 작업 중 충돌|запросу пользователя|конфликта с процессом восстановления|användares begäran|konflikt med återställning|запиту користувача|конфлікт з процесом відновлення|用户请求|恢复操作冲突/i;

/**
 * Whether a statement that ended with `57014` was cancelled for a reason other than its slowness: by someone's wish, by
 * recovery, or because the source of a COPY broke off on the caller's side.
 */
export function isCancelledBySomeone(error: unknown): boolean {
  const message = readText(error, 'message') ?? '';
  return readText(error, 'routine') === COPY_ROUTINE || COPY_FAILED.test(message) || CANCELLED_BY_SOMEONE.test(message);
}
