/** SQL: whether an approval has the status, or any for `all`. `now`: Unix seconds. */
export const hasStatus = (status: string, now: string): string => `
  CASE ${status}
    WHEN 'pending' THEN used_by IS NULL AND expires_at > ${now}
    WHEN 'answered' THEN used_by IS NOT NULL
    WHEN 'expired' THEN used_by IS NULL AND expires_at <= ${now}
    ELSE true
  END`;
