using OsDeploy.Api.Accounts;
using OsDeploy.Api.Moving;

namespace OsDeploy.Api;

/// <summary>Backup of everything but chunks, and what is done with one.</summary>
public static class MovingApi
{
    /// <summary>Bytes of a backup that is sent: files of additions are the most of it.</summary>
    public const long MaxBackup = 64L << 30;

    private const string Root = "/api/v1/backup";

    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    /// <summary>Answers the bytes of a backup. 422 <c>backup-password-invalid</c>.</summary>
    public static ApiRoute<BackupOrder, Nothing> Create { get; } =
        new("POST", Root, Access.Of(Right.Administer), ApiJson.Default.BackupOrder, null) { Patience = s_patience };

    /// <summary>Takes the bytes of a backup and proves all of it; answers <see cref="StagedBackup"/>. Nothing else is changed. 422 <c>backup-invalid</c>.</summary>
    public static ApiRoute Stage { get; } = new("POST", Root + "/staged", MaxBackup, Access.Of(Right.Administer)) { Patience = s_patience };

    public static ApiRoute<Nothing, Nothing> Drop { get; } = new("DELETE", Root + "/staged/{backup}", Access.Of(Right.Administer), null, null);

    /// <summary>Replaces everything but images by the backup, all or nothing, and starts the appliance anew. 404 <c>backup-missing</c>; 409 <c>backup-password-wrong</c>, <c>backup-jobs-running</c>.</summary>
    public static ApiRoute<RestoreOrder, RestoreOutlook> Restore { get; } = new(
        "POST", Root + "/staged/{backup}/restore", Access.Of(Right.Administer), ApiJson.Default.RestoreOrder, ApiJson.Default.RestoreOutlook) { Patience = s_patience };

    /// <summary>Adds what the backup has and the appliance has not, in one transaction. 404 <c>backup-missing</c>; 409 <c>backup-password-wrong</c>.</summary>
    public static ApiRoute<MergeOrder, MergeReport> Merge { get; } = new(
        "POST", Root + "/staged/{backup}/merge", Access.Of(Right.Administer), ApiJson.Default.MergeOrder, ApiJson.Default.MergeReport) { Patience = s_patience };

    public static IReadOnlyList<ApiRoute> All { get; } = [Create, Stage, Drop, Restore, Merge];
}
