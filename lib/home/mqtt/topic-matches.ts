/** Whether a topic is one of a filter's, in which `+` stands for any one level. */
export function topicMatches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')];
  return wanted.length === levels.length && wanted.every((level, index) => level === '+' || level === levels[index]);
}
