using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Personalisation;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Moving;

/// <summary>The documents of a backup, open beside those of the appliance. Nothing of the appliance is ever written through it.</summary>
internal sealed class StagedData : IDisposable
{
    private StagedData(string id, UnpackedBackup backup, DocumentStore documents, TimeProvider time)
    {
        (Id, Backup, Documents) = (id, backup, documents);
        Registry = new Registry(documents, new RegistryEdges((_, _, _, _) => { }, Refuse, Refuse, _ => null, (_, _) => { }), time);
        Accounts = documents.GetCollection("join_account", ApiJson.Default.JoinAccount, account => account.Domain.ToUpperInvariant());
        Additions = documents.GetCollection("addition", ApiJson.Default.Addition, addition => addition.Id);
        Templates = documents.GetCollection("template_revision", PersonalJson.Default.KeptRevision, kept => kept.Id);
        Operators = documents.GetCollection("operator", AccountJson.Default.OperatorRecord, account => account.Name);
    }

    public string Id { get; }

    public UnpackedBackup Backup { get; }

    public DocumentStore Documents { get; }

    /// <summary>Its edges seal and open nothing.</summary>
    public Registry Registry { get; }

    public Collection<JoinAccount> Accounts { get; }

    public Collection<Addition> Additions { get; }

    public Collection<KeptRevision> Templates { get; }

    public Collection<OperatorRecord> Operators { get; }

    /// <exception cref="UserErrorException"><c>backup-invalid</c>, <c>data-too-new</c></exception>
    public static StagedData Open(string id, UnpackedBackup backup, TimeProvider time)
    {
        StagedData? staged = null;
        DocumentStore? documents = null;
        try
        {
            documents = DocumentStore.Open(backup.PathOf(BackupPaths.Documents), [], time);
            if (documents.Check() is [var fault, ..])
            {
                throw MovingErrors.BackupInvalid(fault);
            }

            staged = new StagedData(id, backup, documents, time);
            staged.ReadAll();
            return staged;
        }
        catch (Exception e)
        {
            documents?.Dispose();
            throw e is UserErrorException { Code: "data-damaged" } damaged ? MovingErrors.BackupInvalid(damaged.Message, damaged) : e is UserErrorException ? e : MovingErrors.BackupInvalid(e.Message, e);
        }
    }

    /// <summary>The box that opens its secrets; null: none does.</summary>
    /// <param name="own">Of this appliance.</param>
    /// <exception cref="UserErrorException"><c>backup-password-wrong</c>, <c>backup-without-keys</c>, <c>backup-invalid</c></exception>
    public (BackupSecrets Secrets, BackupKeys? Keys) SecretsBy(string? password, SecretBox own)
    {
        if (string.IsNullOrEmpty(password))
        {
            return own.IsKeyOf(Documents) ? (BackupSecrets.SameKey, null) : (BackupSecrets.Lost, null);
        }

        if (Backup is not { Keys: { } keys, Head.Keys: { } locked })
        {
            throw MovingErrors.NoKeys();
        }

        var opened = SealedKeys.Open(keys, locked, password, Backup.HeadBytes);
        using var box = SecretBox.Of([.. opened.Secret]);
        return box.IsKeyOf(Documents) ? (BackupSecrets.Opened, opened) : throw MovingErrors.BackupInvalid("its keys do not belong to its documents");
    }

    public void Dispose() => Documents.Dispose();

    // A document that this program cannot read would be found when somebody needs it.
    private void ReadAll()
    {
        _ = (Registry.Hosts.FindAll(), Registry.Rooms.FindAll(), Registry.Configurations.FindAll(), Registry.Inventories.FindAll(), Registry.Joinings.FindAll(), Registry.Pending.FindAll());
        _ = (Accounts.FindAll(), Additions.FindAll(), Templates.FindAll());
        if (Operators.FindAll().Count == 0)
        {
            throw MovingErrors.BackupInvalid("it has no operator, and nobody could log in");
        }
    }

    private static string Refuse(string text) => throw new InvalidOperationException("Secrets of a backup go by another way.");
}
