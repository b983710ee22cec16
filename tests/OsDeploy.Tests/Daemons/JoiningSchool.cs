using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Images;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Daemons;

/// <summary>An appliance with a host that is restored and joins a domain, and everything it needs for that.</summary>
internal static class JoiningSchool
{
    public const string Domain = "school.local";
    public const string User = "joiner";
    public const string ProductKey = "CNRYK-11111-22222-33333-44444";
    public const string JoinPassword = "Canary-join-4711";
    public const string AdminPassword = "Canary-admin-4712";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The bytes that <c>djoin</c> begins with, and others that no other text has.</summary>
    public static string AccountData { get; } = Convert.ToBase64String([1, 0x10, 8, 0, 0xcc, 0xcc, 0xcc, 0xcc, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))]);

    /// <summary>As <c>djoin</c> writes it.</summary>
    public static byte[] DjoinFile { get; } = [0xff, 0xfe, .. Encoding.Unicode.GetBytes(AccountData + "\0")];

    /// <param name="join">Of the system; partition 1 is Windows 11.</param>
    public static async Task PrepareAsync(TestDaemon daemon, JoinMode join = JoinMode.Domain, OperatingSystem os = OperatingSystem.Win11, bool hasAccount = true)
    {
        await daemon.Admin.CallAsync(
            ConfigurationApi.Add,
            new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 1, Os: os, Join: join, ProductId: ProductKey), new PartitionPlan(1, 2, ProductId: ProductKey)], Join: new JoinSettings(Domain)),
            Cancel);
        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(AdminPassword: AdminPassword), Cancel, "lab");
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3]));
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await daemon.MeetAsync(1);
        if (hasAccount)
        {
            await daemon.Admin.CallAsync(JoinApi.SetAccount, new JoinAccountChange(User, JoinPassword), Cancel, Domain);
        }
    }

    public static Task<OfflineJoin> GiveDjoinAsync(TestDaemon daemon, string host = "pc01") =>
        daemon.Admin.CallAsync(JoinApi.SetOfflineJoin, new OfflineJoinFile(DjoinFile), Cancel, host);

    /// <summary>pc01 is restored; its agent has the job.</summary>
    public static async Task<(TestAgent Agent, JobOrder Order)> RestoreAsync(TestDaemon daemon, JobOptions? options = null)
    {
        var agent = await daemon.MeetAsync(1);
        await daemon.Admin.CallAsync(
            JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["pc01"]), options ?? new JobOptions(), Confirm: 1), Cancel);
        return (agent, await agent.TakeJobAsync());
    }

    public static Task<PersonalSecrets> AskAsync(TestDaemon daemon, TestAgent agent, JobOrder order, string? nonce = null) =>
        daemon.As(agent.Token).CallAsync(AgentApi.Secrets, new SecretsRequest(order.Fence, nonce ?? Guid.NewGuid().ToString("N")), Cancel, order.Id);

    /// <summary>What the preview says about pc01 before a restore.</summary>
    public static async Task<string?> NoteAsync(TestDaemon daemon, JobOptions? options = null)
    {
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["pc01"]), options ?? new JobOptions(), Preview: true);
        return Assert.Single((await daemon.Admin.CallAsync(JobApi.Start, request, Cancel)).Hosts).Note;
    }
}
