using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;

namespace OsDeploy.Api;

/// <summary>Starting over the network. <c>{host}</c> is a name or an id.</summary>
public static class BootApi
{
    private const string Root = "/api/v1/boot";

    public static ApiRoute<Nothing, BootState> State { get; } = new("GET", Root, Access.Of(Right.View), null, ApiJson.Default.BootState);

    public static ApiRoute<Nothing, BootSettingsView> Settings { get; } = new("GET", Root + "/settings", Access.Of(Right.View), null, ApiJson.Default.BootSettingsView);

    /// <summary>409 <c>changed-meanwhile</c>, <c>boot-dhcp-present</c>. What dnsmasq is to do is done when it answers.</summary>
    public static ApiRoute<BootSettingsChange, BootSettingsAnswer> Change { get; } =
        new("PUT", Root + "/settings", Access.Of(Right.Administer), ApiJson.Default.BootSettingsChange, ApiJson.Default.BootSettingsAnswer);

    /// <summary>Newest first.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<BootBuild>> ListBuilds { get; } =
        new("GET", Root + "/builds", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListBootBuild);

    /// <summary>Copies a build that lies on the appliance. It becomes the current one if there is none.</summary>
    public static ApiRoute<NewBootBuild, BootBuild> AddBuild { get; } =
        new("POST", Root + "/builds", Access.Of(Right.Administer), ApiJson.Default.NewBootBuild, ApiJson.Default.BootBuild) { Patience = TimeSpan.FromMinutes(5) };

    public static ApiRoute<BootBuildChoice, BootBuild> UseBuild { get; } =
        new("PUT", Root + "/builds/current", Access.Of(Right.Administer), ApiJson.Default.BootBuildChoice, ApiJson.Default.BootBuild);

    /// <summary>409 <c>boot-build-in-use</c>.</summary>
    public static ApiRoute<Nothing, Nothing> DeleteBuild { get; } = new("DELETE", Root + "/builds/{build}", Access.Of(Right.Administer), null, null);

    /// <summary>Newest first; query <c>host</c> (a name or an id), <c>count</c> (50, up to 500).</summary>
    public static ApiRoute<Nothing, IReadOnlyList<BootRecord>> History { get; } =
        new("GET", Root + "/history", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListBootRecord);

    /// <summary>What a host would boot now, by each loader it may come with.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<BootOutlook>> Look { get; } =
        new("GET", Root + "/hosts/{host}", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListBootOutlook);

    /// <summary>A host whose starts were stopped is started for its job again. 409 <c>boot-not-stopped</c>.</summary>
    public static ApiRoute<Nothing, Nothing> Retry { get; } = new("POST", Root + "/hosts/{host}/retry", Access.Of(Right.StartRestores), null, null);

    /// <summary>Hosts that start something else once.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<BootNext>> ListNext { get; } =
        new("GET", Root + "/next", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListBootNext);

    /// <summary>Says what hosts start once, or takes it back. Answers what was said or taken back, host by host.</summary>
    public static ApiRoute<BootNextChange, IReadOnlyList<BootNext>> ChangeNext { get; } =
        new("PUT", Root + "/next", Access.Of(Right.EditHosts), ApiJson.Default.BootNextChange, ApiJson.Default.IReadOnlyListBootNext);

    public static IReadOnlyList<ApiRoute> All { get; } = [State, Settings, Change, ListBuilds, AddBuild, UseBuild, DeleteBuild, History, Look, Retry, ListNext, ChangeNext];
}
