using OsDeploy.Api.Accounts;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Templates;

namespace OsDeploy.Api;

/// <summary>What makes hosts themselves after a restore: answer files, and files besides the image.</summary>
public static class PersonalApi
{
    /// <summary>Bytes of a list of additions: a package of drivers has some thousand files.</summary>
    private const long MaxAdditions = 8 << 20;

    private const string Root = "/api/v1";

    public static ApiRoute<Nothing, IReadOnlyList<TemplateView>> ListTemplates { get; } =
        new("GET", Root + "/templates", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListTemplateView);

    public static ApiRoute<Nothing, TemplateText> ShowTemplate { get; } =
        new("GET", Root + "/templates/{template}", Access.Of(Right.View), null, ApiJson.Default.TemplateText);

    /// <summary>Newest first.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<TemplateRevision>> ListRevisions { get; } =
        new("GET", Root + "/templates/{template}/history", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListTemplateRevision);

    /// <summary>The text of a revision; 0 is the one that is shipped.</summary>
    public static ApiRoute<Nothing, TemplateText> ShowRevision { get; } =
        new("GET", Root + "/templates/{template}/history/{revision}", Access.Of(Right.View), null, ApiJson.Default.TemplateText);

    /// <summary>409 <c>template-faults</c> with every one and its line, <c>changed-meanwhile</c>.</summary>
    public static ApiRoute<TemplateChange, TemplateText> SaveTemplate { get; } = new(
        "PUT", Root + "/templates/{template}", Access.Of(Right.EditConfigurations), ApiJson.Default.TemplateChange, ApiJson.Default.TemplateText,
        MaxBody: (AnswerFile.MaxLength * 6L) + ApiLimits.MaxJson);

    /// <summary>Brings the shipped one or an earlier revision back, as a new revision. 409 <c>changed-meanwhile</c>, <c>template-faults</c>.</summary>
    public static ApiRoute<TemplateRestore, TemplateText> RestoreTemplate { get; } = new(
        "POST", Root + "/templates/{template}/restore", Access.Of(Right.EditConfigurations), ApiJson.Default.TemplateRestore, ApiJson.Default.TemplateText);

    /// <summary>In the order in which they take effect.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<AdditionView>> ListAdditions { get; } =
        new("GET", Root + "/additions", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListAdditionView);

    public static ApiRoute<Nothing, AdditionView> ShowAddition { get; } =
        new("GET", Root + "/additions/{addition}", Access.Of(Right.View), null, ApiJson.Default.AdditionView);

    /// <summary>The bytes of its file.</summary>
    public static ApiRoute ReadAddition { get; } = new("GET", Root + "/additions/{addition}/content", 0, Access.Of(Right.EditScripts)) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>Takes the bytes of a file; answers <see cref="StoredContent"/>. It goes after an hour if no addition has named it.</summary>
    public static ApiRoute Upload { get; } = new("POST", Root + "/contents", ContentFolder.MaxLength, Access.Of(Right.EditScripts)) { Patience = TimeSpan.FromMinutes(30) };

    /// <summary>All or none. 404 <c>content-missing</c>; 422 for what is wrong with a path or a file.</summary>
    public static ApiRoute<NewAdditions, IReadOnlyList<AdditionView>> Add { get; } = new(
        "POST", Root + "/additions", Access.Of(Right.EditScripts), ApiJson.Default.NewAdditions, ApiJson.Default.IReadOnlyListAdditionView, MaxBody: MaxAdditions);

    /// <summary>409 <c>changed-meanwhile</c>.</summary>
    public static ApiRoute<AdditionChange, AdditionView> Change { get; } =
        new("PUT", Root + "/additions/{addition}", Access.Of(Right.EditScripts), ApiJson.Default.AdditionChange, ApiJson.Default.AdditionView);

    public static ApiRoute<Nothing, Nothing> Delete { get; } = new("DELETE", Root + "/additions/{addition}", Access.Of(Right.EditScripts), null, null);

    /// <summary>What a host would get if it were restored now, in the order in which it takes effect.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<HostAddition>> ForHost { get; } =
        new("GET", Root + "/hosts/{host}/additions", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListHostAddition);

    public static ApiRoute<Nothing, School> ShowSchool { get; } = new("GET", Root + "/school", Access.Of(Right.View), null, ApiJson.Default.School);

    /// <summary>Replaces what was said before. 422 <c>school-invalid</c>.</summary>
    public static ApiRoute<School, School> ChangeSchool { get; } = new("PUT", Root + "/school", Access.Of(Right.Administer), ApiJson.Default.School, ApiJson.Default.School);

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ListTemplates, ShowTemplate, ListRevisions, ShowRevision, SaveTemplate, RestoreTemplate,
        ListAdditions, ShowAddition, ReadAddition, Upload, Add, Change, Delete, ForHost, ShowSchool, ChangeSchool,
    ];
}
