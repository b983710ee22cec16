namespace OsDeploy.Server.Hosts.Lists;

/// <summary>The words of <see cref="OsDeploy.Api.Hosts.ImportLine.Action"/>.</summary>
internal static class ImportAction
{
    public const string Add = "add";
    public const string Change = "change";
    public const string Same = "same";
    public const string Error = "error";
}
