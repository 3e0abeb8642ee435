import { chatPlatformContract } from '../../contract/chat-platform.js';
import { slackWorld } from './slack-world.js';

chatPlatformContract('Slack', slackWorld);
