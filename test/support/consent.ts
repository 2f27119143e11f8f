/** Opens Oura's consent page as a browser does; the stand-in answers at once. @returns the address the person is sent back to */
export async function consent(authorizeUrl: string): Promise<string> {
  const answer = await fetch(authorizeUrl, { redirect: 'manual' });
  const location = answer.headers.get('location');
  if (answer.status !== 302 || location === null) throw new Error(`the consent page answered ${answer.status}: ${await answer.text()}`);
  return location;
}
