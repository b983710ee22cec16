using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Images;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Personalisation;
using OsDeploy.Storage.Documents;
using OsDeploy.Templates;

namespace OsDeploy.Server.Moving;

/// <summary>What of a merge hangs on hosts, rooms and configurations, or on nothing: accounts that join, answer files, additions, versions.</summary>
/// <param name="core">Has run.</param>
internal sealed class MergeRest(Merge core, StagedData there, SecretBox ours, SecretBox? theirs, string by, DateTimeOffset now, bool apply)
{
    public List<MergeLine> Lines { get; } = [];

    /// <summary>Files that additions need, once they are added.</summary>
    public List<Addition> Additions { get; } = [];

    /// <summary>By domain.</summary>
    public void TakeAccounts(Collection<JoinAccount> here)
    {
        foreach (var (account, _) in there.Accounts.FindAll())
        {
            var id = account.Domain.ToUpperInvariant();
            if (here.FindById(id) is { Value: var found })
            {
                var isSame = found.User == account.User && (theirs is null || ours.Open(found.Password, SecretPurposes.Join) == theirs.Open(account.Password, SecretPurposes.Join));
                Add("join-account", account.Domain, isSame ? MergeAction.Same : MergeAction.Conflict, isSame ? "" : "another one joins this domain here");
            }
            else if (theirs is null)
            {
                Add("join-account", account.Domain, MergeAction.Left, "its password needs the keys of the backup");
            }
            else
            {
                if (apply)
                {
                    here.Insert(account with { Password = ours.Seal(theirs.Open(account.Password, SecretPurposes.Join), SecretPurposes.Join), ChangedBy = by, ChangedAt = now });
                }

                Add("join-account", account.Domain, MergeAction.Add, "");
            }
        }
    }

    /// <summary>One that is not edited here is no obstacle: the shipped one stays in its history.</summary>
    public void TakeTemplates(TemplateBook here)
    {
        foreach (var last in there.Templates.FindAll().Select(one => one.Value).GroupBy(one => one.Template, StringComparer.Ordinal).Select(revisions => revisions.MaxBy(one => one.Number)!))
        {
            if (last.Text is null || !TemplateName.TryParse(last.Template, out var name))
            {
                continue; // the shipped one, or one that this program does not know
            }

            var current = here.Current(name);
            if (current.Text == last.Text)
            {
                Add("template", last.Template, MergeAction.Same, "");
            }
            else if (current.Template.IsEdited)
            {
                Add("template", last.Template, MergeAction.Conflict, "it was edited here too");
            }
            else
            {
                if (apply)
                {
                    here.Write(name, last.Text, from: null, rev: null, by, () => { });
                }

                Add("template", last.Template, MergeAction.Add, "");
            }
        }
    }

    /// <summary>The same file for the same hosts is the same addition, whatever its id.</summary>
    public void TakeAdditions(Collection<Addition> here, Func<OsDeploy.Personalisation.ContentId, bool> hasFile)
    {
        var known = here.FindAll().Select(one => one.Value).ToList();
        foreach (var (addition, _) in there.Additions.FindAll())
        {
            if (Moved(addition) is not { } moved)
            {
                Add("addition", addition.Path, MergeAction.Conflict, "the host, room or configuration that it is for is another one here");
            }
            else if (known.FirstOrDefault(one => (one.Kind, one.Path, one.Disk, one.Number, one.For) == (moved.Kind, moved.Path, moved.Disk, moved.Number, moved.For)) is { } found)
            {
                var isSame = found.Content == moved.Content && found.Order == moved.Order;
                Add("addition", addition.Path, isSame ? MergeAction.Same : MergeAction.Conflict, isSame ? "" : "another file goes to the same place here");
            }
            else if (!hasFile(moved.Content))
            {
                Add("addition", addition.Path, MergeAction.Conflict, "its file is not in the backup");
            }
            else if (known.Count >= AdditionRegistry.MostAdditions)
            {
                Add("addition", addition.Path, MergeAction.Conflict, "there are too many here already");
            }
            else
            {
                known.Add(apply ? here.Insert(moved).Value : moved);
                Additions.Add(moved);
                Add("addition", addition.Path, MergeAction.Add, "");
            }
        }
    }

    /// <summary>Versions, image by image. An image that has versions here takes more only if it is the same image: they have one in common.</summary>
    /// <returns>Those to be listed in the store.</returns>
    public List<(Manifest Manifest, string Path)> TakeVersions(VersionAdoption backup, IReadOnlyList<VersionEntry> here)
    {
        var listed = here.Select(entry => entry.Version).ToHashSet();
        var wanted = new List<(Manifest, string)>();
        foreach (var image in backup.Read().GroupBy(one => (one.Manifest.Kind, Name: ImageName.Parse(one.Manifest.Image))))
        {
            var fresh = image.Where(one => !listed.Contains(one.Version)).ToList();
            var isHere = here.Any(entry => entry.Kind == image.Key.Kind && entry.Image == image.Key.Name);
            var isOther = image.Key.Kind == ImageKind.Image && core.RefusedImages.Contains(image.Key.Name);
            if (fresh.Count == 0)
            {
                Add("image", image.Key.Name.ToString(), MergeAction.Same, "");
            }
            else if (isOther || (isHere && fresh.Count == image.Count()))
            {
                Add("image", image.Key.Name.ToString(), MergeAction.Conflict, "another image has this name here");
            }
            else
            {
                var missing = fresh.Sum(one => backup.CountMissing(one.Manifest));
                wanted.AddRange(fresh.Select(one => (one.Manifest, one.Path)));
                Add("image", image.Key.Name.ToString(), MergeAction.Add, string.Create(
                    CultureInfo.InvariantCulture, $"{fresh.Count} {(fresh.Count == 1 ? "version" : "versions")}{(missing > 0 ? $", {missing} chunks are not here: import the store that it comes from" : "")}"));
            }
        }

        return wanted;
    }

    /// <summary>What is never merged is said, so that nobody believes it came along.</summary>
    public void SayLeft()
    {
        foreach (var (account, _) in there.Operators.FindAll())
        {
            Add("operator", account.Name, MergeAction.Left, "accounts are not merged");
        }

        foreach (var hook in there.Backup.Head.Files.Where(file => file.Path.StartsWith(BackupPaths.Hooks + "/", StringComparison.Ordinal)))
        {
            Add("hook", Path.GetFileName(hook.Path), MergeAction.Left, "programs that run on the appliance are not merged");
        }

        Add("setting", "all", MergeAction.Left, "settings of the appliance, jobs and the audit log are not merged");
    }

    private Addition? Moved(Addition addition)
    {
        var isWhole = true;
        var selector = addition.For with { Configuration = IdOf(addition.For.Configuration), Room = IdOf(addition.For.Room), Host = IdOf(addition.For.Host) };
        return isWhole ? addition with { Id = Hosts.Registry.NewId(), For = selector, ChangedBy = by, ChangedAt = now } : null;

        string? IdOf(string? id)
        {
            var known = id is null ? null : core.Ids.GetValueOrDefault(id);
            isWhole &= id is null || known is not null;
            return known;
        }
    }

    private void Add(string kind, string name, MergeAction action, string detail) => Lines.Add(new MergeLine(kind, name, action, detail));
}
