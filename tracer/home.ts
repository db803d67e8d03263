import { userInfo } from 'node:os';

/**
 * The user's home: as the environment says, else as the account does. Undefined for a user without
 * either, as containers have them.
 */
export function homeDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const said = environment['HOME'];
  return said?.startsWith('/') ? said : homeOfAccount();
}

function homeOfAccount(): string | undefined {
  try {
    const { homedir } = userInfo();
    return homedir.startsWith('/') ? homedir : undefined;
  } catch {
    return undefined;
  }
}
