using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;

namespace OsDeploy.Api;

/// <summary>Computer configurations. <c>{configuration}</c> is a name or an id.</summary>
public static class ConfigurationApi
{
    private const string Root = "/api/v1/configurations";

    public static ApiRoute<Nothing, IReadOnlyList<ConfigurationView>> List { get; } =
        new("GET", Root, Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListConfigurationView);

    public static ApiRoute<Nothing, ConfigurationView> Show { get; } =
        new("GET", Root + "/{configuration}", Access.Of(Right.View), null, ApiJson.Default.ConfigurationView);

    public static ApiRoute<NewConfiguration, ConfigurationView> Add { get; } =
        new("POST", Root, Access.Of(Right.EditConfigurations), ApiJson.Default.NewConfiguration, ApiJson.Default.ConfigurationView);

    /// <summary>409 <c>changed-meanwhile</c> with who and when.</summary>
    public static ApiRoute<ConfigurationChange, ConfigurationView> Change { get; } =
        new("PUT", Root + "/{configuration}", Access.Of(Right.EditConfigurations), ApiJson.Default.ConfigurationChange, ApiJson.Default.ConfigurationView);

    /// <summary>Unmarks the master before.</summary>
    public static ApiRoute<MasterChange, ConfigurationView> SetMaster { get; } =
        new("PUT", Root + "/{configuration}/master", Access.Of(Right.EditConfigurations), ApiJson.Default.MasterChange, ApiJson.Default.ConfigurationView);

    /// <summary>Deletes its versions (with quarantine) and clears its hosts and rooms. 409 <c>configuration-has-jobs</c>.</summary>
    public static ApiRoute<Nothing, DeletedConfiguration> Delete { get; } =
        new("DELETE", Root + "/{configuration}", Access.Of(Right.EditConfigurations), null, ApiJson.Default.DeletedConfiguration);

    public static IReadOnlyList<ApiRoute> All { get; } = [List, Show, Add, Change, SetMaster, Delete];
}
