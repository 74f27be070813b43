/** What tags can be put on (webhooks-and-more.md 12). */
export const tagModules: readonly string[] = ['conversations', 'visitors', 'contacts', 'companies'];
