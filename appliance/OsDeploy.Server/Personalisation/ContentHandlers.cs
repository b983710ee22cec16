using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Server.Api;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Personalisation;

/// <summary>Hands files to agents: those that the agent's own running job names, and nothing else.</summary>
/// <param name="jobOf">The running job of an agent; null: it has none.</param>
internal sealed class ContentHandlers(ContentStore contents, Func<string, Job?> jobOf)
{
    public void Map(HandlerTable on) => on.On(AgentApi.Content, SendAsync);

    private async Task SendAsync(Call call)
    {
        if (jobOf(call.Agent.Id) is not { } job || job.Id != call.Value("job"))
        {
            throw JobErrors.LeaseLost();
        }

        if (!ContentId.TryParse(call.Value("content"), out var content) || job.Personality?.GetContents().Contains(content) != true)
        {
            throw PersonalErrors.ContentNotNamed();
        }

        await using var file = await contents.OpenAsync(content, call.Cancel);
        await Requests.AnswerFileAsync(call.Context, file);
    }
}
