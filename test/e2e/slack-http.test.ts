import { slackScenario } from './slack-scenario.js';

slackScenario('http');
