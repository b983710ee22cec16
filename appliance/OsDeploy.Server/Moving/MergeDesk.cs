using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Images.Folder;
using OsDeploy.Personalisation;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Personalisation;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Moving;

/// <summary>What a merge reads and writes of this appliance.</summary>
internal sealed record MergePlace(Registry Registry, Collection<JoinAccount> Accounts, TemplateBook Templates, Collection<Addition> Additions, ContentStore Contents, FolderImageStore Store);

/// <summary>Merges another appliance's backup. Files that nothing names yet go ahead, documents are one transaction, versions come last: cut short, the same merge goes on.</summary>
internal sealed class MergeDesk(MergePlace place, SecretBox secrets, AuditLog audit)
{
    /// <exception cref="UserErrorException"><c>backup-password-wrong</c>, <c>backup-without-keys</c>, <c>disk-full</c></exception>
    public async Task<MergeReport> RunAsync(StagedData staged, MergeOrder order, string by, CancellationToken cancel)
    {
        var (outcome, keys) = staged.SecretsBy(order.Password, secrets);
        using var foreign = keys is null ? null : SecretBox.Of(keys.Secret);
        var theirs = outcome == BackupSecrets.SameKey ? secrets : foreign;
        var versions = await place.Store.ListAsync(cancel);
        var adoption = new VersionAdoption(staged.Backup.PathOf(BackupPaths.Store), place.Store);
        if (order.Apply)
        {
            await CopyContentsAsync(staged, cancel);
        }

        var (lines, wanted) = place.Registry.Transact(() =>
        {
            var core = new Merge(place.Registry, staged, secrets, theirs, versions, by, order.Apply);
            core.Run();
            var rest = new MergeRest(core, staged, secrets, theirs, by, place.Registry.Now, order.Apply);
            rest.TakeAccounts(place.Accounts);
            rest.TakeTemplates(place.Templates);
            rest.TakeAdditions(place.Additions, content => HasFile(staged, content));
            var wanted = rest.TakeVersions(adoption, versions);
            rest.SayLeft();
            List<MergeLine> lines = [.. core.Lines, .. rest.Lines];
            if (order.Apply)
            {
                audit.Append(by, "backup-merge", staged.Backup.Head.Appliance, DetailOf(lines));
            }

            return (lines, wanted);
        });
        if (order.Apply)
        {
            foreach (var (manifest, path) in wanted)
            {
                await adoption.AdoptAsync(manifest, path, cancel);
            }
        }

        return new MergeReport(staged.Backup.Head.View, lines, order.Apply);
    }

    private static string DetailOf(List<MergeLine> lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"{lines.Count(line => line.Action == MergeAction.Add)} added, {lines.Count(line => line.Action == MergeAction.Same)} the same, {lines.Count(line => line.Action == MergeAction.Conflict)} conflicts left as they are");

    private bool HasFile(StagedData staged, ContentId content) => File.Exists(staged.Backup.PathOf(BackupPaths.Content(content))) || place.Contents.Hold(content);

    private async Task CopyContentsAsync(StagedData staged, CancellationToken cancel)
    {
        foreach (var content in staged.Additions.FindAll().Select(one => one.Value.Content).Distinct())
        {
            var path = staged.Backup.PathOf(BackupPaths.Content(content));
            if (File.Exists(path) && !place.Contents.Hold(content))
            {
                await using var file = File.OpenRead(path);
                await place.Contents.WriteAsync(file, cancel);
            }
        }
    }
}
