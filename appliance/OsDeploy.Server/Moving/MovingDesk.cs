using OsDeploy.Api.Moving;
using OsDeploy.Images.Folder;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage;

namespace OsDeploy.Server.Moving;

/// <summary>What there is of the appliance for a backup and around it.</summary>
/// <param name="Fingerprint">Four words of its key.</param>
internal sealed record MovingPlace(string Data, Func<string> Name, string Program, string Fingerprint, Func<BackupCounts> Counts);

/// <summary>A backup on its way in: sent, proved, looked at, and then restored or merged. One at a time; the next one takes its place.</summary>
internal sealed class MovingDesk(MovingPlace place, FolderImageStore store, SecretBox secrets, JobBoard board, AuditLog audit, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly PendingRestore _pending = new(place.Data);
    private StagedData? _staged;

    private string Staging => Path.Combine(place.Data, BackupPaths.Staging);

    /// <exception cref="UserErrorException"><c>backup-invalid</c>, <c>backup-too-new</c>, <c>backup-no-room</c>, <c>backup-restore-pending</c></exception>
    public Task<StagedBackup> StageAsync(Stream from, string by, CancellationToken cancel) => AloneAsync(
        async () =>
        {
            Drop();
            DurableFile.CreateFolder(Staging);
            var id = Guid.NewGuid().ToString("N");
            try
            {
                var backup = await BackupIntake.UnpackAsync(from, Path.Combine(Staging, id), cancel);
                var staged = await Task.Run(() => StagedData.Open(id, backup, time), cancel);
                _staged = staged;
                _ = new VersionAdoption(backup.PathOf(BackupPaths.Store), store).Read(); // each is a manifest, or it is refused now
                audit.Append(by, "backup-stage", backup.Head.Appliance, $"of {backup.Head.CreatedAt:u}");
                return ViewOf(staged);
            }
            catch
            {
                Drop();
                throw;
            }
        },
        cancel);

    public Task DropAsync(string id, CancellationToken cancel) => AloneAsync(
        () =>
        {
            _ = Require(id);
            Drop();
            return Task.FromResult(true);
        },
        cancel);

    /// <summary>Says what a restore would do; does it if it is asked to. Commit point: that of <see cref="PendingRestore.Begin"/>.</summary>
    /// <exception cref="UserErrorException">
    /// <c>backup-missing</c>, <c>backup-password-wrong</c>, <c>backup-without-keys</c>, <c>backup-jobs-running</c>, <c>backup-restore-pending</c>, <c>disk-full</c>
    /// </exception>
    public Task<RestoreOutlook> RestoreAsync(string id, RestoreOrder order, string by, CancellationToken cancel) => AloneAsync(
        async () =>
        {
            var staged = Require(id);
            var (outcome, keys) = staged.SecretsBy(order.Password, secrets);
            var versions = new VersionAdoption(staged.Backup.PathOf(BackupPaths.Store), store);
            var report = new RestoreOutlook(ViewOf(staged), outcome, await versions.IncompleteAsync(cancel), order.Apply);
            if (order.Apply)
            {
                if (board.Running.FirstOrDefault() is { } working)
                {
                    throw MovingErrors.JobsRunning(working.HostName);
                }

                audit.Append(by, "backup-restore", staged.Backup.Head.Appliance, $"of {staged.Backup.Head.CreatedAt:u}");
                await Task.Run(() => _pending.Begin(folder => Fill(folder, staged, outcome, keys, by)), CancellationToken.None);
                Drop();
            }

            return report;
        },
        cancel);

    /// <summary>Does something with a backup that was sent.</summary>
    /// <exception cref="UserErrorException"><c>backup-missing</c>, and those of <paramref name="work"/></exception>
    public Task<T> WithAsync<T>(string id, Func<StagedData, Task<T>> work, CancellationToken cancel) => AloneAsync(() => work(Require(id)), cancel);

    public void Dispose()
    {
        Drop();
        _one.Dispose();
    }

    private void Fill(string folder, StagedData staged, BackupSecrets outcome, BackupKeys? keys, string by)
    {
        var (cleaning, log) = (new StagedCleaning(staged), new AuditLog(staged.Documents, time));
        staged.Documents.Transact(() =>
        {
            cleaning.TakeWork(by, time.GetUtcNow());
            if (outcome == BackupSecrets.Lost)
            {
                cleaning.TakeSecrets();
            }

            log.Append(by, "backup-restore", staged.Backup.Head.Appliance, $"of {staged.Backup.Head.CreatedAt:u}, over the documents of {place.Name()}");
        });
        if (outcome == BackupSecrets.Lost)
        {
            SecretBox.Forget(staged.Documents);
        }

        staged.Documents.BackupTo(Path.Combine(folder, BackupPaths.Documents));
        if (keys is not null)
        {
            DurableFile.WriteSecret(Path.Combine(folder, BackupPaths.ApplianceKey), keys.Appliance);
            DurableFile.WriteSecret(Path.Combine(folder, BackupPaths.SecretKey), keys.Secret);
        }

        Take(staged, BackupPaths.Contents, folder, BackupPaths.Contents);
        Take(staged, BackupPaths.Store, folder, PendingRestore.Versions);
        Take(staged, BackupPaths.Hooks, folder, BackupPaths.Hooks);
        var hooks = Path.Combine(folder, BackupPaths.Hooks);
        DurableFile.CreateFolder(hooks);
        foreach (var hook in Directory.GetFiles(hooks))
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        DurableFile.SyncFolder(folder);
    }

    private static void Take(StagedData staged, string name, string folder, string place)
    {
        if (Directory.Exists(staged.Backup.PathOf(name)))
        {
            DurableFile.Move(staged.Backup.PathOf(name), Path.Combine(folder, place));
        }
    }

    private StagedBackup ViewOf(StagedData staged) => new(staged.Id, staged.Backup.Head.View, place.Name(), place.Counts());

    private StagedData Require(string id) => _staged is { } staged && staged.Id == id ? staged : throw MovingErrors.BackupMissing();

    private void Drop()
    {
        _staged?.Dispose();
        _staged = null;
        if (Directory.Exists(Staging))
        {
            Directory.Delete(Staging, recursive: true);
        }
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return _pending.IsThere ? throw MovingErrors.RestorePending() : await work();
        }
        finally
        {
            _one.Release();
        }
    }
}
