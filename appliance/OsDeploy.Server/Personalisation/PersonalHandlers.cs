using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Personalisation;

/// <summary>Answers <see cref="PersonalApi"/>.</summary>
internal sealed class PersonalHandlers(TemplateDesk templates, AdditionRegistry additions, ContentStore contents, SchoolBook school, AuditLog audit)
{
    public void Map(HandlerTable on)
    {
        on.On(PersonalApi.ListTemplates, _ => templates.List());
        on.On(PersonalApi.ShowTemplate, call => templates.Show(call.Value("template")));
        on.On(PersonalApi.ListRevisions, call => templates.History(call.Value("template")));
        on.On(PersonalApi.ShowRevision, call => templates.Revision(call.Value("template"), call.Value("revision")));
        on.On(PersonalApi.SaveTemplate, (call, change) => templates.Save(call.Value("template"), change, call.Caller.AuditName));
        on.On(PersonalApi.RestoreTemplate, (call, asked) => templates.Restore(call.Value("template"), asked, call.Caller.AuditName));
        on.On(PersonalApi.ListAdditions, _ => additions.List());
        on.On(PersonalApi.ShowAddition, call => additions.Show(call.Value("addition")));
        on.On(PersonalApi.ReadAddition, ReadAsync);
        on.On(PersonalApi.Upload, UploadAsync);
        on.On(PersonalApi.Add, (call, asked) => additions.AddAsync(asked, call.Caller.AuditName, call.Cancel));
        on.On(PersonalApi.Change, (call, change) => additions.ChangeAsync(call.Value("addition"), change, call.Caller.AuditName, call.Cancel));
        on.On(PersonalApi.Delete, call =>
        {
            additions.Delete(call.Value("addition"), call.Caller.AuditName);
            return default(Nothing);
        });
        on.On(PersonalApi.ForHost, call => additions.For(call.Value("host")));
        on.On(PersonalApi.ShowSchool, _ => school.Current);
        on.On(PersonalApi.ChangeSchool, (call, wanted) => school.Write(
            wanted, kept => audit.Append(call.Caller.AuditName, "school", "all templates", $"{kept.Name ?? "no name"}, {kept.Language ?? "no language"}")));
    }

    private async Task ReadAsync(Call call)
    {
        await using var file = await additions.OpenAsync(call.Value("addition"), call.Cancel);
        await Requests.AnswerFileAsync(call.Context, file);
    }

    private async Task UploadAsync(Call call)
    {
        var (content, size) = await contents.WriteAsync(call.Context.Request.Body, call.Cancel);
        await Requests.AnswerJsonAsync(call.Context, new StoredContent(content, size), ApiJson.Default.StoredContent);
    }
}
